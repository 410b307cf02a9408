/**
 * Drives a Firefox for the tests: one request a line on standard input, one answer a line on
 * standard output, until the input ends.
 *
 * Playwright drives a Firefox of its own making only; WebDriver BiDi drives the one people have.
 */
import { createInterface } from 'node:readline'
import { launch, type Page } from 'puppeteer-core'

type Request =
  | { do: 'open'; address: string }
  | { do: 'choose'; files: string[] }
  /** `code` is the text of a function of one argument, which is given as JSON. */
  | { do: 'evaluate'; code: string; argument: unknown }

/** What the driver is told on its command line, as JSON. */
interface Settings {
  executable: string
  preferences: Record<string, unknown>
}

const { executable, preferences } = JSON.parse(process.argv.at(-1) ?? '') as Settings
const browser = await launch({
  browser: 'firefox',
  executablePath: executable,
  extraPrefsFirefox: preferences,
  // Who asks knows how long an answer may take.
  protocolTimeout: 0,
})
const page = await browser.newPage()
for await (const line of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Request))}\n`)
}
await browser.close()

async function answer(request: Request): Promise<{ value: unknown } | { error: string }> {
  try {
    return { value: (await carryOut(page, request)) ?? null }
  } catch (error) {
    return { error: String(error) }
  }
}

/** What it brings, if it is anything. */
async function carryOut(page: Page, request: Request): Promise<unknown> {
  switch (request.do) {
    case 'open':
      await page.goto(request.address)
      return undefined
    case 'choose':
      await choose(page, request.files)
      return undefined
    case 'evaluate':
      return await evaluate(page, request.code, request.argument)
  }
}

/** As one text: BiDi names the type of every value within, which takes ten times as long. */
async function evaluate(page: Page, code: string, argument: unknown): Promise<unknown> {
  const call = `(${code})(${JSON.stringify(argument)})`
  const text = await page.evaluate(`(async () => JSON.stringify((await ${call}) ?? null))()`)
  return JSON.parse(String(text))
}

async function choose(page: Page, files: string[]): Promise<void> {
  const input = await page.$('input')
  if (!input) throw new Error('The page has no input for files')
  // Firefox leaves a choice alone whose every file was among the last ones.
  await input.evaluate((element) => {
    element.value = ''
  })
  await input.uploadFile(...files)
}
