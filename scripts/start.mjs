/** `npm start`: installs what is missing, builds, and hands over to the command line. */
import { checkNode, ensureBuild, ensurePackages, ensurePrograms, say } from './setup.mjs';

/** The browser that the arguments ask for; what is wrong with them is said later, by the command line. */
function chosenBrowser(args) {
  const [value] = args.flatMap((arg, index) => {
    if (arg === '--browser') return [args[index + 1]];
    return arg.startsWith('--browser=') ? [arg.slice('--browser='.length)] : [];
  });
  return value === 'firefox' ? 'firefox' : 'chromium';
}

const args = process.argv.slice(2);
const onlyWords = args.some((arg) => ['-h', '--help', '-v', '--version'].includes(arg));

// What stands before a lone `--` npm keeps for itself, in silence.
const kept = ['json', 'headless', 'remote', 'out', 'jobs', 'anchors'].find((name) => process.env[`npm_config_${name}`]);
if (kept !== undefined && !args.some((arg) => arg.startsWith(`--${kept}`))) {
  say(`npm took --${kept} for itself: options of Assay stand behind a lone "--", as in "npm start -- --${kept}".`);
}

// npm runs its scripts at the root; names of files and programs are meant from where the user stands.
if (process.env.npm_lifecycle_event === 'start') process.chdir(process.env.INIT_CWD ?? '.');
checkNode();
ensurePackages();
if (!onlyWords) ensurePrograms([chosenBrowser(args)]);
ensureBuild();
await import('../dist/cli/cli.mjs');
