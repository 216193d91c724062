// Preset dictionary with the text that small details have in common: field names of the contract and of MayaOps
// states. Never change it: stored entries are decompressed with it. An improved dictionary needs a new codec
// number.

/** The preset dictionary of codec 1. The most likely strings come last, where references to them are shortest. */
export const detailDictionary = Buffer.from(
  [
    'db.t4g.smalldb.t4g.largecache.t4g.smallcache.t4g.medium"numCacheNodes":1,"transitEncryption":true,',
    '"atRestEncryption":true,"authToken":"[REDACTED:1]","subnetGroup":"prod-private","securityGroupIds":["sg-0',
    '.0001.euw1.cache.amazonaws.com","port":6379}}{"name":"","type":"ec","engine":"redis","engineVersion":"7.1",',
    '"instanceClass":"cache.t4g.micro","mysqlmariadb"engineVersion":"16.3"17.4"parameterGroup":"autoMinorVersionUpgrade"',
    '"deletionProtection":true,"maintenanceWindow":"storageType":"gp3","iops":3000,"dbName":"availabilityZone":"',
    '{"b":{"name":"","type":"rds","engine":"postgres","engineVersion":"17.4","instanceClass":"db.t4g.micro",',
    '"allocatedStorageGiB":20,"multiAz":false,"instanceClass":"db.t4g.medium","allocatedStorageGiB":100,"multiAz":true,',
    '"backupRetentionDays":7,"publiclyAccessible":false,"storageEncrypted":true,"kmsKeyId":"arn:aws:kms:eu-west-1:',
    ':key/","vpcSecurityGroups":[{"id":"sg-0","ingress":[{"protocol":"tcp","port":5432,"source":"sg-app-prod"},',
    '{"protocol":"tcp","port":5432,"source":"10.20.0.0/16"}]}],"masterUsername":"_admin","masterUserPassword":"',
    '[REDACTED:1]","endpoint":{"address":".us-east-1.rds.amazonaws.com","port":5432},"arn":"arn:aws:rds:eu-west-1:',
    '.eu-west-1.rds.amazonaws.com"repository":"acme/","serviceTypes":[{"type":"fe-web","type":"batch-processor",',
    '"type":"server","cpu":512,"memoryMiB":1024,"taskCount":2,"command":"sh run.sh","port":8080,"healthCheck":"/ping",',
    '"public":true,"autoscaling":{"enabled":true,"minTasks":4,"maxTasks":12,"scaleOutCpuPercent":70}},{"type":"worker",',
    '"cpu":1024,"memoryMiB":2048,"taskCount":1,"command":"sh worker.sh","public":false,"autoscaling":{"enabled":false}}],',
    '"environment":"test""environment":"sbox""environment":"prod","environmentVariables":{"DB_HOST":"[REDACTED:2]",',
    '"DB_USER":"[REDACTED:4]","DB_PASSWORD":"[REDACTED:3]","DATABASE_URL":"[REDACTED:1]","API_KEY":"[REDACTED:6]",',
    '"LOG_LEVEL":"[REDACTED:5]","REDIS_URL":"NODE_ENV":"PORT":"AWS_REGION":"SECRET_KEY":"},"attachedResources":["',
    '"],"ecs":{"cluster":"prod-cluster","taskDefinition":"arn:aws:ecs:eu-west-1::task-definition/","loadBalancerArn":"',
    'arn:aws:elasticloadbalancing:eu-west-1::loadbalancer/app/","targetGroupArn":"arn:aws:elasticloadbalancing:',
    ':targetgroup/us-east-1eu-central-1us-west-2ap-southeast-2',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64)Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0Mozilla/5.0 (Macintosh; ',
    'Intel Mac OS X 14_5) Chrome/141.0aws-cli/2curl/8.9.1@example.com@acme.example198.51.100.203.0.113.2001:db8::',
    '"},"a":{"name":"","a":{"name":"},null,null,null,"req-","svc-2026","res-2026","evt-",null,null,null,null,null,null,"',
    '-4000-8000-","mayaops.services",["210987654321","","2026-01-01T00:00:00Z"],"mayaops.resources",["123456789012","',
    '","2026-11-01T00:00:00Z"],"","2027-0T00:00:00.000Z"],"',
    '",1,"service:*","",1,"resource:*","",1,"resource:update","",1,"resource:create","",1,"*","[1,{"b":{"[1,{"a":{"name":"',
  ].join(''),
);
