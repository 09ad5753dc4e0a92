/** The modules that `data-modules` can name. */
export const SCRIPT_MODULES = ['cart', 'debug', 'ga4', 'pages', 'tours', 'vitals'] as const
