"""Teaches the model for lines of RapidOCR's wheel another script.

    python benchmarks/learn_lines.py SCRIPT MODEL.onnx [--minutes 60] [--threads 2] [--from STATE]

The first layers see edges and strokes in any script and stay; the others (2.8 million numbers) and
a new last one learn from drawn lines (``drawn_lines.py``) of ``arabic`` or ``cyrillic``. Lines of
Arabic are halved in width fewer times than in the wheel's model, as its letters are narrow. Every
five minutes the share of wrong signs and of lines without a fault is printed, for typefaces that
were drawn and for those held back, and the model is written, its numbers halved in size, beside a
state to go on from. ``--from`` takes a
state (``.pt``) or a model that was written before (``.onnx``), as the one that ships.

Needs what the project does not: ``pip install torch onnx python-bidi fonttools``, the typefaces
named in ``line_scripts.py``, and the extras ``second-reader`` and ``latin``.
"""

from __future__ import annotations

import argparse
import copy
import math
import multiprocessing
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - its common name
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from rapidfuzz.distance import Levenshtein

from benchmarks import trained_graph
from benchmarks.drawn_lines import HEIGHT, Drawn, Lines
from benchmarks.line_scripts import SCRIPTS, Script
from ocr.engines.rapid_recogniser import shipped

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

FIRST_LAYERS = "Add.43"
"""What the layers that stay give: 96 numbers for each 4 x 4 pixels."""

WIDTHS = 48
"""Lines are filled up to multiples of it: kernels are made for each width anew."""

PIXELS, FEWEST, MOST = 4000, 6, 20
"""Of width in a batch, and its lines."""

SHORT, WIDEST, SHORT_SHARE = 210, 620, 0.22
"""Pixels of width; the first part of the time goes to short lines."""

RATE, LAST_RATE, WARM = 6e-4, 4e-3, 150
"""Of learning (AdamW), for the layers there were and for the new one; steps until it is reached."""

JUDGED, JUDGE_S = 200, 300
"""Lines that are judged, and how often, seconds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures, equal colours from -1 to 1 and 0 behind their ends, and their signs."""

    pictures: NDArray[np.float32]
    labels: tuple[tuple[int, ...], ...]


def batch(lines: list[Drawn]) -> Batch:
    """Lines side by side, as wide as the widest of them."""
    widest = max(line.picture.shape[1] for line in lines)
    pictures = np.zeros((len(lines), HEIGHT, _filled(widest)), np.float32)
    for at, line in enumerate(lines):
        pictures[at, :, : line.picture.shape[1]] = line.picture.astype(np.float32) / 127.5 - 1
    return Batch(pictures, tuple(line.label for line in lines))


def _filled(width: int) -> int:
    return max(2 * WIDTHS, -(-width // WIDTHS) * WIDTHS)


def feed(queue: Queue[Batch], script: Script, seed: int, short_s: float) -> None:
    """Draws batches until it is ended."""
    lines, start = Lines(script, seed), time.monotonic()
    waiting: dict[int, list[Drawn]] = defaultdict(list)
    while True:
        line = lines.one(SHORT if time.monotonic() - start < short_s else WIDEST)
        width = _filled(line.picture.shape[1])
        waiting[width].append(line)
        if len(waiting[width]) == max(FEWEST, min(MOST, PIXELS // width)):
            queue.put(batch(waiting.pop(width)))


class Model(torch.nn.Module):  # type: ignore[misc]
    """The layers that learn, behind those that do not."""

    def __init__(self, script: Script) -> None:
        import onnxruntime

        super().__init__()
        self.signs = script.signs
        self.whole = _answering(trained_graph.load(shipped()), script.step)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        first = trained_graph.part(self.whole, None, FIRST_LAYERS)
        self.first = onnxruntime.InferenceSession(first.SerializeToString(), options)
        self.rest = trained_graph.Graph(
            trained_graph.part(self.whole, FIRST_LAYERS, self.whole.graph.output[0].name)
        )
        self.last = torch.nn.Linear(_width_of(self.whole), len(self.signs) + 1)

    def forward(self, pictures: NDArray[np.float32]) -> Any:  # noqa: ANN401
        """Scores, before they are made to sum up to 1."""
        count, high, wide = pictures.shape
        colours = np.broadcast_to(pictures[:, None], (count, 3, high, wide))
        (seen,) = self.first.run(None, {"x": np.ascontiguousarray(colours)})
        given = torch.tensor(seen).to(trained_graph.HALF)
        given = given.contiguous(memory_format=torch.channels_last)
        return self.last(self.rest(given).float())

    def read(self, pictures: NDArray[np.float32]) -> list[tuple[int, ...]]:
        """The signs of each picture."""
        with torch.no_grad():
            best = self(pictures).argmax(-1).tolist()
        return [
            tuple(n for at, n in enumerate(row) if n and (at == 0 or row[at - 1] != n))
            for row in best
        ]


def _answering(model: Any, step: int) -> Any:  # noqa: ANN401 - onnx has no types
    """The model up to its last layer, with an answer for so many pixels of width, four or eight."""
    result = copy.deepcopy(model)
    for node in result.graph.node:
        for attribute in node.attribute:
            if node.op_type == "AveragePool" and attribute.name in ("kernel_shape", "strides"):
                attribute.ints[:] = [3, step // 4]
    last = [node for node in result.graph.node if node.op_type == "MatMul"][-1]
    return trained_graph.part(result, None, last.input[0])


def _width_of(model: Any) -> int:  # noqa: ANN401
    import onnxruntime

    session = onnxruntime.InferenceSession(model.SerializeToString())
    blank = np.zeros((1, 3, HEIGHT, 2 * WIDTHS), np.float32)
    return int(session.run(None, {"x": blank})[0].shape[-1])


def write(model: Model, target: Path) -> None:
    """The whole model with what was learnt, as the engines for lines take it."""
    whole, learnt = copy.deepcopy(model.whole), model.rest.learnt()
    for tensor in whole.graph.initializer:
        if tensor.name in learnt:
            tensor.CopyFrom(learnt[tensor.name])
    weight, bias = model.last.weight.detach().numpy().T.copy(), model.last.bias.detach().numpy()
    whole.graph.initializer.extend(
        [numpy_helper.from_array(weight, "last.w"), numpy_helper.from_array(bias, "last.b")]
    )
    whole.graph.node.extend(
        [
            helper.make_node("MatMul", [whole.graph.output[0].name, "last.w"], ["last.product"]),
            helper.make_node("Add", ["last.product", "last.b"], ["last.sum"]),
            helper.make_node("Softmax", ["last.sum"], ["scores"], axis=2),
        ]
    )
    del whole.graph.output[:]
    whole.graph.output.append(helper.make_tensor_value_info("scores", TensorProto.FLOAT, None))
    _halve(whole)
    del whole.metadata_props[:]
    signs = whole.metadata_props.add()
    signs.key, signs.value = "character", "\n".join(model.signs)
    onnx.save(whole, str(target.with_suffix(".new")))
    target.with_suffix(".new").replace(target)


def take(model: Model, source: Path) -> None:
    """Gives the model the numbers of one that ``write`` wrote."""
    tensors = {
        tensor.name.removesuffix(".half"): numpy_helper.to_array(tensor).astype(np.float32)
        for tensor in onnx.load(str(source)).graph.initializer
    }
    with torch.no_grad():
        for name, key in model.rest.keys.items():
            model.rest.weights[key].copy_(torch.tensor(tensors[name]))
        model.last.weight.copy_(torch.tensor(tensors["last.w"].T.copy()))
        model.last.bias.copy_(torch.tensor(tensors["last.b"]))


def _halve(model: Any) -> None:  # noqa: ANN401
    """Numbers in sixteen bits, made thirty-two when the model is loaded."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > 1:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *copy.deepcopy(list(model.graph.node))]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def judged(model: Model, batches: list[Batch]) -> str:
    """Wrong signs to signs, and lines without a fault to lines."""
    wrong = signs = whole = lines = 0
    for drawn in batches:
        for read, true in zip(model.read(drawn.pictures), drawn.labels, strict=True):
            distance = Levenshtein.distance(read, true)
            wrong, signs = wrong + distance, signs + len(true)
            whole, lines = whole + (distance == 0), lines + 1
    return f"{wrong / signs:.4f} {whole / lines:.3f}"


def _to_judge(script: Script, *, held_back: bool) -> list[Batch]:
    lines = Lines(script, 7, held_back=held_back)
    drawn = [lines.one(WIDEST) for _ in range(JUDGED)]
    drawn.sort(key=lambda line: line.picture.shape[1])
    return [batch(drawn[at : at + MOST]) for at in range(0, JUDGED, MOST)]


def step(model: Model, optimiser: Any, drawn: Batch, share: float, number: int) -> float:  # noqa: ANN401
    """One step of learning, ``share`` of the time being over; the loss before it."""
    for group in optimiser.param_groups:
        fall = 0.5 + 0.5 * math.cos(math.pi * share)
        group["lr"] = group["full"] * min(1.0, (number + 1) / WARM) * fall + 1e-6
    scores = F.log_softmax(model(drawn.pictures), -1).transpose(0, 1)
    sizes = [len(label) for label in drawn.labels]
    loss = F.ctc_loss(
        scores,
        torch.tensor([sign for label in drawn.labels for sign in label]),
        torch.full((len(sizes),), scores.shape[0]),
        torch.tensor(sizes),
        zero_infinity=True,
    )
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimiser.step()
    return float(loss.item())


def learn(model: Model, script: Script, target: Path, minutes: float, short_share: float) -> None:
    """Learns for so long, telling how it goes."""
    seed = Random().randrange(10**6) + 1000
    queue: Queue[Batch] = multiprocessing.Queue(60)
    arguments = (queue, script, seed, 60 * minutes * short_share)
    multiprocessing.Process(target=feed, args=arguments, daemon=True).start()
    groups = ((model.rest, RATE), (model.last, LAST_RATE))
    optimiser = torch.optim.AdamW(
        [{"params": list(part.parameters()), "full": rate} for part, rate in groups],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    kinds = {
        "held back": _to_judge(script, held_back=True),
        "drawn": _to_judge(script, held_back=False),
    }
    start = told = time.monotonic()
    number, mean = 0, 0.0
    while (share := (time.monotonic() - start) / (60 * minutes)) < 1:
        loss = step(model, optimiser, queue.get(), share, number)
        mean, number = (0.98 * mean + 0.02 * loss if number else loss), number + 1
        if time.monotonic() - told > JUDGE_S:
            told = time.monotonic()
            _tell(model, target, f"{told - start:.0f} s, {number} steps, loss {mean:.3f}", kinds)
    _tell(model, target, f"end, {number} steps", kinds)


def _tell(model: Model, target: Path, when: str, kinds: dict[str, list[Batch]]) -> None:
    found = ", ".join(f"{kind} {judged(model, batches)}" for kind, batches in kinds.items())
    print(f"{when}: {found}", flush=True)
    torch.save(model.state_dict(), target.with_suffix(".pt"))
    write(model, target)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("script", choices=SCRIPTS)
    parser.add_argument("model", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--from", dest="state", type=Path, help="a state or model to go on from")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    script = SCRIPTS[options.script]
    model = Model(script)
    if options.state is not None and options.state.suffix == ".onnx":
        take(model, options.state)
    elif options.state is not None:
        model.load_state_dict(torch.load(options.state))
    if options.minutes:
        learn(model, script, options.model, options.minutes, 0.0 if options.state else SHORT_SHARE)
    else:
        write(model, options.model)


if __name__ == "__main__":
    main()
