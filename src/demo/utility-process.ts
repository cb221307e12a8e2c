import { startPracticePbx, type PracticePbx } from './practice-pbx'
import type { FromPractice, ToPractice } from './utility-messages'

/**
 * The part of Electron's `process.parentPort` that is used; declared here, because this program must not import
 * electron.
 */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: ToPractice }) => void): void
  postMessage(message: FromPractice): void
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }

let running: PracticePbx | undefined

async function answer(message: ToPractice): Promise<FromPractice | undefined> {
  switch (message.type) {
    case 'start': {
      running ??= await startPracticePbx({ recordLimit: 0, ...message.options })
      const { url, username, password, role, fingerprint256, accounts, identity } = running
      return { type: 'listening', url, username, password, role, fingerprint256, accounts, identity }
    }
    case 'faults':
      await running?.setFaults(message.faults)
      return running === undefined ? undefined : { type: 'faults', faults: running.faults }
    case 'stop':
      await running?.close()
      return { type: 'stopped' }
  }
}

parentPort?.on('message', ({ data }) => {
  void answer(data)
    .catch((error: unknown): FromPractice => ({
      type: 'failed',
      message: error instanceof Error ? error.message : String(error),
    }))
    .then((reply) => {
      if (reply !== undefined) parentPort.postMessage(reply)
      if (data.type === 'stop') process.exit(0)
    })
})
