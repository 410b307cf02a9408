/**
 * The address of the worker's script, in the form that Trusted Types ask for.
 *
 * The page's one policy. It lets through this one address, built in, and nothing else, so that no
 * text from elsewhere can ever become a script here.
 */
import address from './worker.ts?worker&url'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/** The one name that `trusted-types` in the content security policy has to allow. */
const POLICY = 'notyours'

/** Missing in browsers that do not know Trusted Types; they take the address as it is. */
const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes

/** What is really a `TrustedScriptURL`, which TypeScript's library does not know yet. */
export const workerScript: string =
  trustedTypes?.createPolicy(POLICY, { createScriptURL: onlyOurs }).createScriptURL(address) ??
  address

function onlyOurs(url: string): string {
  if (url !== address) throw new TypeError('not the worker of this page')
  return url
}
