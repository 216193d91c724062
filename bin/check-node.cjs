// Stops npm scripts on a Node.js version that cannot run this repository, with an error that says what to do. Must use
// only syntax that every Node.js version can parse, and no dependencies.

var oldest = { major: 20, minor: 12 };
var scriptMajor = 24;

/**
 * Returns the problem, or undefined. `userAgent` contains the version that runs npm. `scriptVersion` is the version that
 * runs this script, which is the one in node_modules after `npm ci`.
 */
function findProblem(userAgent, scriptVersion, isInstalling) {
  var npm = /node\/v(\d+)\.(\d+)\S*/.exec(userAgent || '');
  if (npm !== null && isTooOld(Number(npm[1]), Number(npm[2]))) {
    return (
      'Request Logs requires Node.js 20.12 or later, but npm runs on ' +
      npm[0].slice('node/'.length) +
      '. Install Node.js 24 (see .nvmrc), then run npm ci.'
    );
  }
  if (!isInstalling && Number(scriptVersion.split('.')[0]) < scriptMajor) {
    return (
      'npm scripts require the Node.js 24 that npm ci installs, but this is v' +
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
