import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { JsonStore } from '../storage/json-store'
import { writeAtomicSync } from '../storage/write-atomic'

/** Where the window was when it was last closed; without a place it is Electron's choice. */
export interface WindowPlace {
  readonly bounds: Partial<Rectangle>
  readonly maximised: boolean
}

const side = z.int().min(-100_000).max(100_000)
const stateSchema = z.object({
  version: z.literal(1),
  bounds: z.object({ x: side, y: side, width: z.int().min(1), height: z.int().min(1) }).optional(),
  maximised: z.boolean(),
})
type State = z.infer<typeof stateSchema>

/** So much of the title bar has to be on a display that the window can be taken hold of, in pixels. */
const grip = { width: 120, height: 32 }

const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b)

const holds = (display: Rectangle, bounds: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, display.x, display.width) >= grip.width &&
  overlap(bounds.y, grip.height, display.y, display.height) >= grip.height

/**
 * Where a remembered window goes today. `displays` are the work areas of the displays that are there, the main one first. On a display
 * that is gone it is centred; larger than its display it is made to fit.
 */
export function placeOn(displays: readonly Rectangle[], bounds: Rectangle | undefined): WindowPlace['bounds'] {
  if (bounds === undefined) return {}
  const display = displays.find((candidate) => holds(candidate, bounds)) ?? displays[0]
  if (display === undefined) return {}
  const size = { width: Math.min(bounds.width, display.width), height: Math.min(bounds.height, display.height) }
  return holds(display, bounds) ? { x: bounds.x, y: bounds.y, ...size } : size
}

type Tracked = Pick<BrowserWindow, 'isMaximized' | 'getNormalBounds'> & {
  on(event: 'close', listener: () => void): unknown
}

/** Remembers the size and place of the window from one run to the next; without a memory, or with a damaged one, it is Electron's choice. */
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
      maxBytes: 64 * 1024,
    }).value
  }

  /** `displays`: the work areas, the main one first. */
  place(displays: readonly Rectangle[]): WindowPlace {
    return { bounds: placeOn(displays, this.state.bounds), maximised: this.state.maximised }
  }

  /** Written at once while the window closes, as the app may be gone before anything later is through. */
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
