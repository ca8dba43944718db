/** Chrome's offscreen document. */
import { hostEngineHere } from '../platform/engine-host.chrome';
import { startEngine } from './start-engine';

hostEngineHere(startEngine);
