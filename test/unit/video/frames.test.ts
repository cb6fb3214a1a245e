import { expect, test } from 'vitest';
import { cameraRefusal } from '../../../src/video/camera.ts';
import { fitted } from '../../../src/shared/fitted.ts';
import { screenRefusal } from '../../../src/video/screen.ts';

test('pictures are made to fit, never enlarged', () => {
  expect(fitted(1920, 1080)).toEqual({ width: 1024, height: 576 });
  expect(fitted(1080, 1920)).toEqual({ width: 576, height: 1024 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(4000, 1)).toEqual({ width: 1024, height: 1 });
});

const named = (name: string) => Object.assign(new Error('x'), { name });

test.each([
  ['NotAllowedError', 'camera-denied', 'screen-denied'],
  ['NotFoundError', 'camera-missing', 'screen-denied'],
  ['NotReadableError', 'camera-missing', 'screen-denied'],
  ['OverconstrainedError', 'camera-missing', 'unsupported'],
  ['SecurityError', 'unsupported', 'unsupported'],
])('%s is %s of a camera, %s of a screen', (name, camera, screen) => {
  expect(cameraRefusal(named(name)).code).toBe(camera);
  expect(screenRefusal(named(name)).code).toBe(screen);
  expect(cameraRefusal(named(name)).cause).toBeInstanceOf(Error);
});
