import { fork } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { hangMs } from './settings'

/** A built program in its own process with little memory, and a function to receive one of its messages. */
export function startProgram<From extends object, To extends object>(
  program: string,
  args: readonly string[],
  heapMegabytes: number,
) {
  const child = fork(program, args, {
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const messages: From[] = []
  const waiting = new Set<() => void>()
  child.on('message', (message: From) => {
    messages.push(message)
    for (const check of waiting) check()
  })
  const next = <K extends string>(key: K): Promise<Extract<From, Record<K, unknown>>> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(hang)
        waiting.delete(check)
        child.off('exit', onExit)
      }
      const onExit = (code: number | null): void => {
        stop()
        reject(new Error(`The program ended with ${code}`))
      }
      const check = (): void => {
        const index = messages.findIndex((message) => key in message)
        if (index < 0) return
        stop()
        resolve(messages.splice(index, 1)[0] as Extract<From, Record<K, unknown>>)
      }
      const hang = setTimeout(() => {
        stop()
        reject(new Error(`The program hangs: no ${key}`))
      }, hangMs)
      child.once('exit', onExit)
      waiting.add(check)
      check()
    })
  return { send: (message: To) => child.send(message), next }
}
