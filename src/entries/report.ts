/** The report page. Wiring only. */
import lanes from '../ui/panel/lanes.css?inline';
import css from '../ui/report/report.css?inline';
import { useLanguage } from '../platform/language';
import { report } from '../ui/report/report';

const sheet = new CSSStyleSheet();
sheet.replaceSync(lanes + css);
document.adoptedStyleSheets = [sheet];
void useLanguage().then(report);
