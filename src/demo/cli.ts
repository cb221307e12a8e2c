import { parseFlags, usage } from './cli-options'
import type { PracticeOptions } from './options'
import { startPracticePbx, type PracticePbx } from './practice-pbx'

function readFlags(): readonly PracticeOptions[] {
  try {
    return parseFlags(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

async function main(): Promise<void> {
  const started: PracticePbx[] = []
  const stop = () => {
    void Promise.all(started.map((pbx) => pbx.close())).then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  for (const options of readFlags()) {
    const pbx = await startPracticePbx(options)
    started.push(pbx)
    const { url, username, password, role, fingerprint256 } = pbx
    console.log(JSON.stringify({ url, username, password, role, fingerprint256 }))
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
