import { cancelled } from '../../portsip/abort'

/** The operation that a session carries out. A new one cancels the previous one. */
export class CurrentWork {
  private work: AbortController | undefined

  start(): AbortController {
    this.cancel()
    this.work = new AbortController()
    return this.work
  }

  cancel(): void {
    this.work?.abort(cancelled())
    this.work = undefined
  }
}
