import { EventEmitter } from 'node:events'
import type { PracticeChild } from '@main/services/practice/practice-process'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import type { FromPractice, ToPractice } from '@demo/utility-messages'

/** Replaces Electron's utility process: the same messages, with the real practice PBX in this process. */
export class FakePracticeChild extends EventEmitter implements PracticeChild {
  private pbx: PracticePbx | undefined
  private queue: Promise<unknown> = Promise.resolve()
  alive = true

  postMessage(message: ToPractice): void {
    this.queue = this.queue.then(async () => {
      const reply = await this.answer(message).catch((error: unknown): FromPractice => ({
        type: 'failed',
        message: String(error),
      }))
      if (this.alive) this.emit('message', reply)
    })
  }

  kill(): boolean {
    this.end(0)
    return true
  }

  /** Simulates a crash of the process. */
  end(code: number): void {
    if (!this.alive) return
    this.alive = false
    void this.queue.then(() => this.pbx?.close()).then(() => this.emit('exit', code))
  }

  private async answer(message: ToPractice): Promise<FromPractice> {
    if (message.type === 'start') {
      this.pbx = await startPracticePbx({ recordLimit: 0, ...message.options })
      const { url, username, password, role, fingerprint256, accounts, identity } = this.pbx
      return { type: 'listening', url, username, password, role, fingerprint256, accounts, identity }
    }
    if (this.pbx === undefined || message.type === 'stop') return { type: 'stopped' }
    await this.pbx.setFaults(message.faults)
    return { type: 'faults', faults: this.pbx.faults }
  }
}
