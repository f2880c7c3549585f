/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. Lambda gives a function its credentials in the
 * environment, so the ten other ways to get some would only be loaded: a third of the time the SDK takes to start.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
