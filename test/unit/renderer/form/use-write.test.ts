import { describe, expect, it } from 'vitest'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { AppError, Result } from '@shared/ipc/result'
import { useWrite } from '@/components/form/use-write'

const refused: AppError = { code: 'rejected', message: 'Refused', fields: [{ path: 'name', message: 'Too short' }] }

function write(reply: Result<string>, guards: readonly Guard[] = []) {
  const sent: Confirmation[] = []
  const calls: unknown[] = []
  const waiting: (() => void)[] = []
  const it = useWrite({
    server: () => ({ name: 'Berlin', protection: 'ask' }),
    guards: () => guards,
    async request(confirmation) {
      sent.push(confirmation)
      await new Promise<void>((resolve) => waiting.push(resolve))
      return reply
    },
    onDone: (value) => calls.push(value),
    onError: ({ code }) => calls.push(code),
  })
  return { ...it, sent, calls, answer: () => waiting.splice(0).forEach((resolve) => resolve()) }
}

describe('a write of a dialog', () => {
  it('can be sent once it is confirmed, and only once at a time', async () => {
    const { confirmation, canSend, sending, sent, calls, send, answer } = write({ ok: true, value: 'done' })
    expect(canSend.value).toBe(false)
    confirmation.value = { ...confirmation.value, acknowledged: true }
    expect(canSend.value).toBe(true)
    const first = send()
    const second = send()
    expect([sending.value, canSend.value]).toEqual([true, false])
    answer()
    await Promise.all([first, second])
    expect(sent).toEqual([{ acknowledged: true, typedName: '', override: '', note: '' }])
    expect(calls).toEqual(['done'])
    expect(sending.value).toBe(false)
  })
  it('shows its error, and the message about a field, until it is sent again', async () => {
    const { error, fieldError, calls, send, answer } = write({ ok: false, error: refused })
    const message = fieldError('name')
    const sending = send()
    answer()
    await sending
    expect([error.value, message.value, calls]).toEqual([refused, 'Too short', ['rejected']])
    void send()
    expect([error.value, message.value]).toEqual([undefined, ''])
  })
  it('waits for the override of a failed safety check', () => {
    const guard = { kind: 'own-address', message: 'Your address' } as unknown as Guard
    const { confirmation, canSend } = write({ ok: true, value: '' }, [guard])
    confirmation.value = { ...confirmation.value, acknowledged: true }
    expect(canSend.value).toBe(false)
  })
})
