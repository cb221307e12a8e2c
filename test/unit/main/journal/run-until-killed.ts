import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'

/** Only ends a program that was not killed; no test waits for it. */
const hangMs = 30_000

/** Runs a program until it is killed, by `meanwhile` with SIGKILL or by the program. */
export async function runUntilKilled(
  program: string,
  args: object,
  meanwhile: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const child = spawn(process.execPath, [program, JSON.stringify(args)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  let hangs = false
  const hang = setTimeout(() => {
    hangs = true
    child.kill('SIGKILL')
  }, hangMs)
  // A program that ends before its time keeps nobody waiting.
  await Promise.race([meanwhile(child), closed])
  const ended = await closed
  clearTimeout(hang)
  expect(hangs, 'The program went on instead of being killed').toBe(false)
  expect(ended).toEqual([null, 'SIGKILL'])
}
