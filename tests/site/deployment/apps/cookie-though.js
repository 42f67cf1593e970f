// Cookie Though, which draws its dialog with Preact inside a shadow root or a container of its own.
import * as CookieThough from 'cookie-though';

const CATEGORIES = { statistics: 'analytics', social: 'social', marketing: 'advertising' };
const policy = (id, label, description) => ({ id, label, description, category: id });

CookieThough.init({
  policies: [
    policy('essential', 'Essential cookies', 'They keep your choice.'),
    policy('statistics', 'Statistics', 'They count visits.'),
    policy('social', 'Social networks', 'They show the share buttons.'),
    policy('marketing', 'Marketing', 'They choose advertisements.'),
  ],
  essentialLabel: 'Always on',
  permissionLabels: { accept: 'Save', acceptAll: 'Accept all', decline: 'Decline' },
  header: { title: 'Cookies', subTitle: 'You choose', description: 'We use cookies to count visits and to earn money.' },
  cookiePreferenceKey: 'cookie-preferences',
  customizeLabel: 'Customize',
  cookiePolicy: { url: '/cookies', label: 'Read the cookie policy' },
});
const apply = (kept) => {
  const allowed = kept.cookieOptions.filter((option) => option.isEnabled && option.id in CATEGORIES);
  site.apply(kept.isCustomised ? allowed.map((option) => CATEGORIES[option.id]) : null);
};
CookieThough.onPreferencesChanged(apply);
apply(CookieThough.getPreferences()); // a choice that is kept is no change, and told to nobody
document.getElementById('preferences').onclick = () => CookieThough.show();
