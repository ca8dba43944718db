/** `npm run build`: writes dist/chrome, dist/firefox and the command line, whatever is there already. */
import { readArguments } from './setup/arguments.mjs';
import { checkNode, ensurePackages, rebuild } from './setup.mjs';

readArguments();
checkNode();
ensurePackages();
rebuild();
