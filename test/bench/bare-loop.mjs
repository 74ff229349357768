// The least that a simulation of a warm pool must do, in plain typed arrays: the engines' measure.
// Poisson arrivals, exponential service, a binary heap of completions, a stack of idle ones; no meters.

/** Simulates requests with about `busy` environments busy. @returns requests per second of real time */
export function bareLoop(requests, busy) {
  const capacity = 1 << 16;
  const times = new Float64Array(capacity);
  const ids = new Int32Array(capacity);
  const idle = new Int32Array(capacity);
  let [size, idleCount, used, state, now, cold, area] = [0, 0, 0, 12345, 0, 0, 0];
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state >>> 0) + 1) / 4294967297;
  };
  const startedAt = performance.now();
  for (let done = 0; done < requests; done++) {
    now -= Math.log(uniform()) / busy;
    while (size > 0 && times[0] <= now) {
      idle[idleCount++] = ids[0];
      const time = times[--size];
      const id = ids[size];
      let hole = 0;
      for (;;) {
        let child = hole * 2 + 1;
        if (child >= size) break;
        if (child + 1 < size && times[child + 1] < times[child]) child++;
        if (time <= times[child]) break;
        times[hole] = times[child];
        ids[hole] = ids[child];
        hole = child;
      }
      times[hole] = time;
      ids[hole] = id;
    }
    let environment;
    if (idleCount > 0) environment = idle[--idleCount];
    else {
      environment = used++;
      cold++;
    }
    const service = -Math.log(uniform());
    area += service;
    let hole = size++;
    const end = now + service;
    while (hole > 0 && times[(hole - 1) >> 1] > end) {
      times[hole] = times[(hole - 1) >> 1];
      ids[hole] = ids[(hole - 1) >> 1];
      hole = (hole - 1) >> 1;
    }
    times[hole] = end;
    ids[hole] = environment;
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!(area > 0) || cold > requests) throw new Error('the bare loop lost its way');
  return requests / seconds;
}
