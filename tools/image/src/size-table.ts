import type { LayerSize } from './image-size.ts';

/** The layers and their sum as lines of text, in MB of 1,000,000 bytes. */
export function sizeTable(layers: readonly LayerSize[]): string {
  const sum = (of: (layer: LayerSize) => number): number => layers.reduce((total, layer) => total + of(layer), 0);
  const image = { bytes: sum(({ bytes }) => bytes), compressedBytes: sum((layer) => layer.compressedBytes) };
  const row = ({ bytes, compressedBytes }: Omit<LayerSize, 'madeBy'>, what: string): string =>
    `${megabytes(bytes)} MB  ${megabytes(compressedBytes)} MB to pull  ${what}`;
  return [...layers.map((layer) => row(layer, layer.madeBy)), row(image, 'the image')].join('\n');
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(6);
