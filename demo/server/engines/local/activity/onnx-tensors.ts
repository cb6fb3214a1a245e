import { PbfReader } from 'pbf';

/** Reads the constant float tensors out of an ONNX file, sub-graphs included, by name. Field numbers: onnx.proto3. */
export function onnxTensors(bytes: Uint8Array): ReadonlyMap<string, Float32Array> {
  const tensors = new Map<string, Float32Array>();
  new PbfReader(bytes).readFields(readModel, tensors);
  return tensors;
}

type Tensors = Map<string, Float32Array>;

function readModel(tag: number, tensors: Tensors, pbf: PbfReader): void {
  if (tag === 7) pbf.readMessage(readGraph, tensors);
}

function readGraph(tag: number, tensors: Tensors, pbf: PbfReader): void {
  if (tag !== 1) return;
  const node: Node = { output: '', value: null, tensors };
  pbf.readMessage(readNode, node);
  if (node.value !== null) tensors.set(node.output, node.value);
}

interface Node {
  output: string;
  value: Float32Array | null;
  readonly tensors: Tensors;
}

function readNode(tag: number, node: Node, pbf: PbfReader): void {
  if (tag === 2) node.output = pbf.readString();
  else if (tag === 5) pbf.readMessage(readAttribute, node);
}

function readAttribute(tag: number, node: Node, pbf: PbfReader): void {
  if (tag === 5) {
    const tensor = pbf.readMessage(readTensor, { type: 0, raw: new Uint8Array() });
    if (tensor.type === FLOAT) node.value = floats(tensor.raw);
  } else if (tag === 6) {
    pbf.readMessage(readGraph, node.tensors);
  }
}

const FLOAT = 1;

function readTensor(tag: number, tensor: { type: number; raw: Uint8Array }, pbf: PbfReader): void {
  if (tag === 2) tensor.type = pbf.readVarint();
  else if (tag === 9) tensor.raw = pbf.readBytes();
}

/** Copied, because raw data need not be aligned. Little-endian by the specification, as every machine that runs Node. */
function floats(raw: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(raw).buffer);
}
