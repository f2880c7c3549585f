/** What makes jobs able to read a secret that a parameter refers to. */
export const ALLOW_SECRET = 'name it under parameters.secrets in settings.yml, and run "npm run deploy"';
