/**
 * Chromium switches that a release accepts: display, graphics, language, accessibility. None of them can observe or
 * change what the app does.
 */
export const acceptedSwitches: ReadonlySet<string> = new Set([
  '--class',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-gpu-compositing',
  '--disable-software-rasterizer',
  '--display',
  '--enable-wayland-ime',
  '--force-color-profile',
  '--force-device-scale-factor',
  '--force-prefers-reduced-motion',
  '--force-renderer-accessibility',
  '--gtk-version',
  '--high-dpi-support',
  '--lang',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--use-angle',
  '--use-gl',
  '--wayland-text-input-version',
])

/** Chromium's sandbox cannot run as root on Linux; everyone else keeps it. */
const acceptedFromRoot = '--no-sandbox'

/**
 * The name of a switch as Chromium reads it, with two dashes; undefined for a plain argument. Chromium trims arguments,
 * accepts one dash and, on Windows, a slash and upper case.
 */
function switchName(argument: string): string | undefined {
  const [, name] = /^(?:--?|\/(?=[a-z-]+(?:=|$)))([^=]*)/i.exec(argument.trim()) ?? []
  return name === undefined ? undefined : `--${name.toLowerCase()}`
}

/** Switches in the arguments that a release does not accept, without their values. */
export function refusedSwitches(args: readonly string[], isRoot: boolean): readonly string[] {
  const names = args.map(switchName).filter((name) => name !== undefined)
  return [...new Set(names)].filter((name) => !acceptedSwitches.has(name) && !(isRoot && name === acceptedFromRoot))
}

/**
 * A company's own root certificates are a setting of the machine, and a pinned certificate takes precedence over them.
 */
const allowedVariable = 'NODE_EXTRA_CA_CERTS'

/** Removes variables that would weaken, redirect or record the traffic of main or of a process that it starts. */
export function removeVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env))
    if (/^(NODE_|ELECTRON_|PBX_FLEET_|SSLKEYLOGFILE$)/i.test(name) && name.toUpperCase() !== allowedVariable)
      delete env[name]
}
