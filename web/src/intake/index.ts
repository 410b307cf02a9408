/** What the rest of the page may use of this folder. The lint rules hold it to this and `messages.ts`. */
export { canHash } from './able.ts'
export { openIntake } from './context.ts'
export { default as FileName } from './FileName.svelte'
export { default as FilePicker } from './FilePicker.svelte'
export { default as Thumbnail } from './Thumbnail.svelte'
