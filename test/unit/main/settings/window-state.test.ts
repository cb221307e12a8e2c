import { EventEmitter } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fitToDisplays, WindowState } from '@main/services/window-state'
import { othersThan, temporaryFolder } from '../storage/temporary'

const main = { x: 0, y: 25, width: 1920, height: 1055 }
const left = { x: -1600, y: 0, width: 1600, height: 900 }
const bounds = { x: 100, y: 100, width: 1200, height: 800 }

/** A fake window that closes and reports its place. */
class ClosingWindow extends EventEmitter {
  constructor(
    private readonly was: typeof bounds,
    private readonly maximised: boolean,
  ) {
    super()
  }
  readonly getNormalBounds = () => this.was
  readonly isMaximized = () => this.maximised
}

const closeWith = (file: string, window: ClosingWindow, report?: (error: unknown) => void): void => {
  new WindowState(file, report).track(window)
  window.emit('close')
}

describe('the window reopens where it was', () => {
  it('with its size, place and maximized state', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'window.json')
    expect(new WindowState(file).place([main])).toEqual({ bounds: {}, maximised: false })
    closeWith(file, new ClosingWindow(bounds, true))
    expect(new WindowState(file).place([main])).toEqual({ bounds, maximised: true })
    expect(othersThan(folder)).toEqual(['window.json'])
  })

  it('in the middle of the first display if its own is missing, and fits there', () => {
    const there = { x: -1500, y: 10, width: 2400, height: 1300 }
    expect(fitToDisplays([main, left], { ...there, width: 1500, height: 850 })).toMatchObject({ x: -1500, y: 10 })
    expect(fitToDisplays([main], there)).toEqual({ width: 1920, height: 1055 })
    expect(fitToDisplays([], there)).toEqual({})
  })

  it('not if its title bar could not be dragged', () => {
    expect(fitToDisplays([main], { ...bounds, y: -200 })).toEqual({ width: 1200, height: 800 })
    expect(fitToDisplays([main], { ...bounds, x: 1850 })).toEqual({ width: 1200, height: 800 })
    expect(fitToDisplays([main], { ...bounds, x: 1790 })).toEqual({ ...bounds, x: 1790 })
  })

  it('wherever the system places it, if the file is damaged', () => {
    const file = join(temporaryFolder(), 'window.json')
    writeFileSync(file, '{"version":1,"maximised":"maybe"}')
    expect(new WindowState(file).place([main])).toEqual({ bounds: {}, maximised: false })
  })

  it('and closes even if nothing can be written', () => {
    const folder = temporaryFolder()
    const errors: unknown[] = []
    const window = new ClosingWindow(bounds, false)
    new WindowState(join(folder, 'window.json'), (error) => errors.push(error)).track(window)
    rmSync(folder, { recursive: true })
    window.emit('close')
    expect(errors).toMatchObject([{ detail: { code: 'disk' } }])
  })
})
