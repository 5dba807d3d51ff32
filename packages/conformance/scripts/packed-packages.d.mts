export interface PublishedPackage {
  readonly folder: string;
  readonly manifest: {
    readonly name: string;
    readonly version: string;
    readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> };
  };
}

export interface PackedPackage {
  readonly name: string;
  /** Its path. */
  readonly tarball: string;
}

export const published: readonly PublishedPackage[];
export function packPackages(into: string): readonly PackedPackage[];
export function installPackages(
  folder: string,
  packed: readonly PackedPackage[],
  others: Readonly<Record<string, string>>,
): void;
