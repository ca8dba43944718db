/** The options page. Wiring only. */
import { useLanguage } from '../platform/language';
import { findAnchors } from './find-anchors';
import { options } from '../ui/options/options';

void useLanguage().then(() => options(findAnchors));
