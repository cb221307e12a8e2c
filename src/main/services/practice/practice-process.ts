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

const failed = (reason: string): FleetError =>
  new FleetError({ code: 'server-error', message: `The practice server is not running: ${reason}` })

interface Question {
  readonly resolve: (reply: FromPractice) => void
  readonly reject: (error: FleetError) => void
}

/** A practice server in its own process; it replies to requests in order. */
export class PracticeProcess {
  private readonly questions: Question[] = []
  private ended = false

  constructor(
    private readonly child: PracticeChild,
    onEnd: () => void,
  ) {
    child.on('message', (message) => this.questions.shift()?.resolve(message))
    child.once('exit', (code) => {
      this.ended = true
      for (const question of this.questions.splice(0)) question.reject(failed(`it ended with code ${code}`))
      onEnd()
    })
  }

  /** Errors: FleetError `server-error` if the server fails or ends before it replies. */
  async ask<T extends FromPractice['type']>(message: ToPractice, expected: T): Promise<Reply<T>> {
    if (this.ended) throw failed('it has ended')
    const reply = await new Promise<FromPractice>((resolve, reject) => {
      this.questions.push({ resolve, reject })
      this.child.postMessage(message)
    })
    if (reply.type === 'failed') throw failed(reply.message)
    if (reply.type !== expected) throw failed(`unexpected answer ${reply.type}`)
    return reply as Reply<T>
  }

  /** Ends the process immediately; a practice server has nothing to save. */
  stop(): void {
    if (!this.ended) this.child.kill()
  }
}
