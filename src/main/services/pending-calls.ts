import type { FleetError } from '@shared/ipc/result'

interface PendingCall {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: FleetError) => void
}

/** The calls to a thread or a process that have no reply yet. */
export class PendingCalls {
  private readonly pending = new Map<number, PendingCall>()
  private last = 0

  /** Sends a call with its number; resolves with its reply. Rejects if `send` throws. */
  start<T>(send: (call: number) => void): Promise<T> {
    const call = ++this.last
    return new Promise<T>((resolve, reject) => {
      this.pending.set(call, { resolve: resolve as (value: unknown) => void, reject })
      send(call)
    }).catch((error: unknown) => {
      this.pending.delete(call)
      throw error
    })
  }

  resolve(call: number, value: unknown): void {
    this.take(call)?.resolve(value)
  }

  reject(call: number, error: FleetError): void {
    this.take(call)?.reject(error)
  }

  /** No reply comes any more. */
  rejectAll(error: () => FleetError): void {
    const calls = [...this.pending.values()]
    this.pending.clear()
    for (const { reject } of calls) reject(error())
  }

  private take(call: number): PendingCall | undefined {
    const pending = this.pending.get(call)
    this.pending.delete(call)
    return pending
  }
}
