/** What the Svelte compiler is told, by the build, the checker and the linter alike. */
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // Elements are made one by one, never parsed from text: then no Trusted Types policy for HTML
    // has to exist, and `trusted-types` in the content security policy allows the worker's alone.
    fragments: 'tree',
  },
}
