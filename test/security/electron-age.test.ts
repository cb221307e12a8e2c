import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Electron supports its three newest major versions, and releases one every eight weeks. */
const weeksPerMajor = 8
const supportedMajors = 3
/** A major version and the day of its first stable release, from which the others are reckoned. */
const known = { major: 33, day: Date.parse('2024-10-15') }
const oldest = 18 * 30.44 * 86_400_000

const reckonedRelease = (major: number): number => known.day + (major - known.major) * weeksPerMajor * 7 * 86_400_000

// There is no network in a test: the age is reckoned from the release rhythm, not looked up.
test('the Electron that is shipped is named with its age, and is not old', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const version = devDependencies['electron'] ?? ''
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  const age = Date.now() - reckonedRelease(Number.parseInt(version, 10))
  const behind = Math.floor(age / (weeksPerMajor * 7 * 86_400_000))
  const support = behind < supportedMajors ? 'supported' : 'no longer supported: raise it'
  process.stdout.write(
    `Electron ${version}: about ${Math.max(0, Math.round(age / 2_629_800_000))} months old, ${support}\n`,
  )
  expect(age).toBeLessThan(oldest)
})
