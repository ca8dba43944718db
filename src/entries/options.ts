/** The options page. Wiring only. */
import { findAnchors } from './find-anchors';
import { options } from '../ui/options/options';

void options(findAnchors);
