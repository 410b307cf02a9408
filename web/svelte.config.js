/** What the Svelte compiler is told, by the build, the checker and the linter alike. */
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true, fragments: 'tree' } }
