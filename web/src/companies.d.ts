/** The companies that take part, built in by `build/companies.ts`. */
declare module 'virtual:companies' {
  export const companies: readonly { readonly id: string; readonly name: string }[]
}
