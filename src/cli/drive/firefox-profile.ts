/** The fresh profile that Firefox starts with: nothing asks, nothing calls outside. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Prefs = Record<string, string | number | boolean>;

/** Host names of the tests' servers. */
const TEST_HOSTS = ['site.test', 'www.site.test', 'cdn.test', 'cors.test', 'other.test'];

const NOTHING_ASKS: Prefs = {
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.page': 0,
  'browser.newtabpage.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.warnOnQuit': false,
  'browser.tabs.warnOnClose': false,
  'browser.uitour.enabled': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'datareporting.policy.firstRunURL': '',
  'trailhead.firstrun.didSeeAboutWelcome': true,
  'startup.homepage_welcome_url': '',
  'startup.homepage_override_url': '',
  'browser.startup.homepage_override.mstone': 'ignore',
  'toolkit.startup.max_resumed_crashes': -1,
  'dom.disable_open_during_load': false,
  'dom.ipc.reportProcessHangs': false,
  'media.autoplay.default': 0,
  'extensions.autoDisableScopes': 0,
  'extensions.webextOptionalPermissionPrompts': false,
  'extensions.openPopupWithoutUserGesture.enabled': true,
  'remote.active-protocols': 1,
};

const NOTHING_CALLS: Prefs = {
  'app.update.enabled': false,
  'app.update.disabledForTesting': true,
  'app.normandy.enabled': false,
  'app.normandy.api_url': '',
  'browser.discovery.enabled': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.newtabpage.activity-stream.feeds.section.topstories': false,
  'browser.newtabpage.activity-stream.discoverystream.enabled': false,
  'browser.newtabpage.activity-stream.telemetry': false,
  'browser.ping-centre.telemetry': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.passwords.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.safebrowsing.provider.google4.updateURL': '',
  'browser.safebrowsing.provider.google4.gethashURL': '',
  'browser.safebrowsing.provider.mozilla.updateURL': '',
  'browser.safebrowsing.provider.mozilla.gethashURL': '',
  'browser.search.update': false,
  'browser.search.geoip.url': '',
  'browser.topsites.contile.enabled': false,
  'browser.topsites.useRemoteSetting': false,
  'browser.urlbar.suggest.searches': false,
  'browser.urlbar.quicksuggest.enabled': false,
  'browser.contentblocking.features.strict': '',
  'captivedetect.canonicalURL': '',
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'doh-rollout.disable-heuristics': true,
  'network.trr.mode': 5,
  'extensions.blocklist.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.getAddons.discovery.api_url': '',
  'extensions.systemAddon.update.enabled': false,
  'extensions.systemAddon.update.url': '',
  'extensions.update.enabled': false,
  'geo.provider.network.url': '',
  'identity.fxaccounts.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-manager.url': '',
  'media.gmp-provider.enabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'browser.newtabpage.activity-stream.asrouter.providers.cfr': '',
  'browser.newtabpage.activity-stream.asrouter.providers.message-groups': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.connectivity-service.DNSv4.domain': '',
  'network.connectivity-service.DNSv6.domain': '',
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.predictor.enabled': false,
  'network.prefetch-next': false,
  'privacy.query_stripping.strip_list': '',
  'privacy.trackingprotection.enabled': false,
  'privacy.trackingprotection.pbmode.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'signon.firefoxRelay.feature': 'disabled',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
  'toolkit.telemetry.archive.enabled': false,
  'security.OCSP.enabled': 0,
  'security.remote_settings.crlite_filters.enabled': false,
  'security.remote_settings.intermediates.enabled': false,
  'browser.ml.enable': false,
  'browser.translations.enable': false,
};

/** @returns the profile folder */
export function makeProfile(geckoId: string, uuid: string, extra: Prefs): string {
  const profile = mkdtempSync(join(tmpdir(), 'assay-firefox-'));
  const prefs: Prefs = {
    ...NOTHING_ASKS,
    ...NOTHING_CALLS,
    'network.dns.localDomains': TEST_HOSTS.join(','),
    // A fixed address for the extension's own pages.
    'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: uuid }),
    ...extra,
  };
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n') + '\n');
  return profile;
}
