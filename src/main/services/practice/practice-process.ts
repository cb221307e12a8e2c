import { FleetError } from '@shared/ipc/result'
import type { FromPractice, ToPractice } from '../../../demo/utility-messages'

/** The part of Electron's `UtilityProcess` that is used. Tests run the practice PBX without Electron. */
export interface PracticeChild {
  postMessage(message: ToPractice): void
  on(event: 'message', listener: (message: FromPractice) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

type Reply<T extends FromPractice['type']> = Extract<FromPractice, { readonly type: T }>

const practiceError = (reason: string): FleetError =>
  new FleetError({ code: 'server-error', message: `The practice server is not running: ${reason}` })

interface PendingRequest {
  readonly resolve: (reply: FromPractice) => void
  readonly reject: (error: FleetError) => void
}

/** A practice server in its own process; it replies to requests in order. */
export class PracticeProcess {
  private readonly pending: PendingRequest[] = []
  private hasEnded = false

  constructor(
    private readonly child: PracticeChild,
    onEnd: () => void,
  ) {
    child.on('message', (message) => this.pending.shift()?.resolve(message))
    child.once('exit', (code) => {
      this.hasEnded = true
      for (const request of this.pending.splice(0)) request.reject(practiceError(`it ended with code ${code}`))
      onEnd()
    })
  }

  /** Errors: FleetError `server-error` if the server fails or ends before it replies. */
  async request<T extends FromPractice['type']>(message: ToPractice, expected: T): Promise<Reply<T>> {
    if (this.hasEnded) throw practiceError('it has ended')
    const reply = await new Promise<FromPractice>((resolve, reject) => {
      this.pending.push({ resolve, reject })
      this.child.postMessage(message)
    })
    if (reply.type === 'failed') throw practiceError(reply.message)
    if (reply.type !== expected) throw practiceError(`unexpected answer ${reply.type}`)
    return reply as Reply<T>
  }

  /** Ends the process immediately; a practice server has nothing to save. */
  stop(): void {
    if (!this.hasEnded) this.child.kill()
  }
}
