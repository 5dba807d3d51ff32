import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, packPackages } from '../../scripts/packed-packages.mjs';
import { buildPrograms } from './build-programs.ts';
import type { Records } from './checks/portable-checks.ts';
import { latest, lowest } from './versions.ts';

/** Folders in which the tarballs are installed, and the programs that meet them. */
export interface Workshop {
  readonly latest: string;
  /** With the frameworks in the lowest versions that our packages allow. */
  readonly lowest: string;
  close(): Promise<void>;
}

/** Packs, installs and bundles. Needs a build. */
export async function openWorkshop(modules: readonly string[], records: Records): Promise<Workshop> {
  const home = await mkdtemp(join(tmpdir(), 'countersign-runtimes-'));
  const close = (): Promise<void> => rm(home, { recursive: true, force: true });
  try {
    const [newest, oldest] = [join(home, 'latest'), join(home, 'lowest')];
    await Promise.all([newest, oldest].map((folder) => mkdir(folder)));
    const packed = packPackages(home);
    installPackages(newest, packed, latest);
    installPackages(oldest, packed, lowest);
    await buildPrograms(newest, modules, records);
    await copyFile(join(newest, 'frameworks.mjs'), join(oldest, 'frameworks.mjs'));
    return { latest: newest, lowest: oldest, close };
  } catch (error) {
    await close();
    throw error;
  }
}
