// Builds what needs a bundler or the packages' own templates: `node build.mjs FOLDER`.
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, '..', 'package.json'));
const apps = process.argv.slice(3).map((file) => resolve(file));
mkdirSync(folder, { recursive: true });

await build({
  entryPoints: apps,
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'iife',
  jsx: 'automatic',
  nodePaths: [join(folder, '..', 'node_modules')],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
});

// The British government's design system ships its components as Nunjucks macros.
const nunjucks = require('nunjucks');
const views = nunjucks.configure(join(dirname(require.resolve('govuk-frontend/package.json')), 'dist'), { autoescape: true });
const radios = (name, question) => ({
  idPrefix: name,
  name,
  fieldset: { legend: { text: question, classes: 'govuk-fieldset__legend--s' } },
  items: [{ value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }],
});
const macro = (component, name, parameters) => views.renderString(
  `{% from "govuk/components/${component}/macro.njk" import ${name} %}{{ ${name}(parameters) }}`, { parameters },
);
const banner = macro('cookie-banner', 'govukCookieBanner', {
  ariaLabel: 'Cookies on Leaf and Water',
  hidden: true,
  messages: [
    {
      headingText: 'Cookies on Leaf and Water',
      html: '<p class="govuk-body">We use some essential cookies to make this service work.</p>'
        + '<p class="govuk-body">We’d like to set additional cookies so we can remember your settings, understand how people use the service and make improvements.</p>',
      actions: [
        { text: 'Accept additional cookies', type: 'button', classes: 'js-accept' },
        { text: 'Reject additional cookies', type: 'button', classes: 'js-reject' },
        { text: 'View cookies', href: '/cookies' },
      ],
    },
    {
      html: '<p class="govuk-body">You’ve <span class="js-answer"></span> additional cookies. You can <a class="govuk-link" href="/cookies">change your cookie settings</a> at any time.</p>',
      role: 'alert',
      hidden: true,
      actions: [{ text: 'Hide cookie message', type: 'button', classes: 'js-hide' }],
    },
  ],
});
const form = macro('radios', 'govukRadios', radios('usage', 'Do you want to accept cookies that measure website use (analytics)?'))
  + macro('radios', 'govukRadios', radios('campaigns', 'Do you want to accept cookies that help with advertising and marketing?'))
  + macro('button', 'govukButton', { text: 'Save cookie settings' });
const saved = macro('notification-banner', 'govukNotificationBanner', { type: 'success', text: 'You’ve set your cookie preferences.' });
writeFileSync(join(folder, 'govuk-banner.html'), banner);
writeFileSync(join(folder, 'govuk-settings.html'), `<div id="saved" hidden>${saved}</div><form id="cookie-settings" novalidate>${form}</form>`);
