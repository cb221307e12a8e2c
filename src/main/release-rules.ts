/** The switches of Chromium that a release accepts: display, graphics, language, accessibility. None lets anybody see or change what the app does. */
export const accepted: ReadonlySet<string> = new Set([
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

/** Chromium's sandbox cannot work for root on Linux; everybody else keeps it. */
const acceptedFromRoot = '--no-sandbox'

/**
 * The name of a switch as Chromium reads it, with two dashes; undefined for a plain argument. Chromium trims arguments, takes one dash for two, a slash
 * on Windows, and upper case there.
 */
function switchName(argument: string): string | undefined {
  const [, name] = /^(?:--?|\/(?=[a-z-]+(?:=|$)))([^=]*)/i.exec(argument.trim()) ?? []
  return name === undefined ? undefined : `--${name.toLowerCase()}`
}

/** The switches among a program's arguments that a release does not accept, without their values. */
export function refusedSwitches(args: readonly string[], isRoot: boolean): readonly string[] {
  const names = args.map(switchName).filter((name) => name !== undefined)
  return [...new Set(names)].filter((name) => !accepted.has(name) && !(isRoot && name === acceptedFromRoot))
}

/** Roots for a company's own certificates are a setting of the machine, and a pinned certificate takes precedence over them. */
const kept = 'NODE_EXTRA_CA_CERTS'

/** Removes what would weaken, redirect or record the traffic of main or of a process that it starts. */
export function removeVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env))
    if (/^(NODE_|ELECTRON_|PBX_FLEET_|SSLKEYLOGFILE$)/i.test(name) && name.toUpperCase() !== kept) delete env[name]
}
