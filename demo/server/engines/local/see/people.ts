import type { Sighting } from '../../engine.ts';
import { inside, type Box } from './boxes.ts';

/** How many people: bodies that were found, and faces that belong to none of them. */
export function countPeople(bodies: readonly Box[], faces: readonly Box[]): Sighting['people'] {
  const loneFaces = faces.filter((face) => face.score >= LONE_FACE && bodies.every((body) => inside(face, body) < 0.5));
  const count = bodies.length + loneFaces.length;
  if (count === 0) return { count, confidence: NONE_SEEN };
  // A face makes a body surer: both would have to be wrong.
  const bodyScores = bodies.map(
    (body) => 1 - faces.reduce((doubt, face) => (inside(face, body) >= 0.5 ? doubt * (1 - face.score) : doubt), 1 - body.score),
  );
  const scores = [...bodyScores, ...loneFaces.map(({ score }) => score)];
  return { count, confidence: scores.reduce((sum, score) => sum + score, 0) / count };
}

/** Cats and cups pass for faces at 0.6; a face without a body under it must be surer. */
const LONE_FACE = 0.75;

/** Two detectors with nothing to show: people who are small, far or turned away are missed by both. */
const NONE_SEEN = 0.7;
