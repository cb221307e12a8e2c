import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'

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
  await meanwhile(child)
  expect(await closed).toEqual([null, 'SIGKILL'])
}
