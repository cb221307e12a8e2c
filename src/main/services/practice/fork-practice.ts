import { utilityProcess } from 'electron'
import type { PracticeChild } from './practice-process'

/**
 * Starts the built practice PBX, `out/main/practice.js`, in its own process, so that its faults cannot slow the app
 * down.
 */
export const forkPractice = (entry: string): PracticeChild =>
  utilityProcess.fork(entry, [], { serviceName: 'PBX Fleet practice server', stdio: 'ignore' })
