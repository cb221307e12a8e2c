import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { storedLimits } from '@shared/limits/stored'
import { JsonStore } from '../storage/json-store'
import { writeAtomicSync } from '../storage/write-atomic'

/** Place of the window when it was last closed; empty `bounds` leave it to Electron. */
export interface WindowPlace {
  readonly bounds: Partial<Rectangle>
  readonly maximised: boolean
}

const coordinate = z.int().min(-100_000).max(100_000)
const stateSchema = z.object({
  version: z.literal(1),
  bounds: z.object({ x: coordinate, y: coordinate, width: z.int().min(1), height: z.int().min(1) }).optional(),
  maximised: z.boolean(),
})
type State = z.infer<typeof stateSchema>

/** Pixels of the title bar that must be on a display so that the window can be moved. */
const grip = { width: 120, height: 32 }

const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b)

const shows = (display: Rectangle, bounds: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, display.x, display.width) >= grip.width &&
  overlap(bounds.y, grip.height, display.y, display.height) >= grip.height

/**
 * Place of a remembered window on today's displays. `displays` are the work areas, the main display first. If its
 * display is missing, the window is centered; if it is larger than its display, it is made smaller.
 */
export function fitToDisplays(displays: readonly Rectangle[], bounds: Rectangle | undefined): WindowPlace['bounds'] {
  if (bounds === undefined) return {}
  const display = displays.find((candidate) => shows(candidate, bounds)) ?? displays[0]
  if (display === undefined) return {}
  const size = { width: Math.min(bounds.width, display.width), height: Math.min(bounds.height, display.height) }
  return shows(display, bounds) ? { x: bounds.x, y: bounds.y, ...size } : size
}

type Tracked = Pick<BrowserWindow, 'isMaximized' | 'getNormalBounds'> & {
  on(event: 'close', listener: () => void): unknown
}

/** Remembers size and place of the window between runs. Without a valid file, Electron decides. */
export class WindowState {
  private readonly state: State

  constructor(
    private readonly file: string,
    private readonly report: (error: unknown) => void = () => undefined,
  ) {
    this.state = new JsonStore<State>({
      file,
      schema: stateSchema,
      version: 1,
      empty: { version: 1, maximised: false },
      maxBytes: storedLimits.windowBytes,
    }).value
  }

  /** `displays`: the work areas, the main display first. */
  place(displays: readonly Rectangle[]): WindowPlace {
    return { bounds: fitToDisplays(displays, this.state.bounds), maximised: this.state.maximised }
  }

  /** Written synchronously, because the app may end before an asynchronous write completes. */
  track(window: Tracked): void {
    window.on('close', () => {
      const state: State = { version: 1, bounds: window.getNormalBounds(), maximised: window.isMaximized() }
      try {
        writeAtomicSync(this.file, JSON.stringify(state))
      } catch (error) {
        this.report(error)
      }
    })
  }
}
