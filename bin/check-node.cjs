// Stops npm scripts on a Node.js version that cannot run this repository, with one sentence that says what to do.
// Only what every Node.js version can parse, and no dependency: it must run where nothing else does.

var oldest = { major: 20, minor: 12 };
var scriptMajor = 24;

/**
 * What is wrong, or undefined. `userAgent` names the version that runs npm, `scriptVersion` the one that runs this
 * script: the one in node_modules as soon as that exists.
 */
function findProblem(userAgent, scriptVersion, isInstalling) {
  var npm = /node\/v(\d+)\.(\d+)\S*/.exec(userAgent || '');
  if (npm !== null && isTooOld(Number(npm[1]), Number(npm[2]))) {
    return (
      'Request Logs needs Node.js 20.12 or later, and npm runs on ' +
      npm[0].slice('node/'.length) +
      '. Install Node.js 24 (see .nvmrc), then run npm ci.'
    );
  }
  if (!isInstalling && Number(scriptVersion.split('.')[0]) < scriptMajor) {
    return (
      'npm scripts run on the Node.js 24 that npm ci installs, and this is v' +
      scriptVersion +
      '. Run npm ci first.'
    );
  }
  return undefined;
}

function isTooOld(major, minor) {
  return major < oldest.major || (major === oldest.major && minor < oldest.minor);
}

module.exports = { findProblem: findProblem };

function run() {
  var isInstalling = process.env.npm_lifecycle_event === 'prepare';
  var problem = findProblem(process.env.npm_config_user_agent, process.versions.node, isInstalling);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}

if (require.main === module) run();
