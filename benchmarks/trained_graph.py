"""A model in ONNX as a torch module whose numbers can be learnt further, and back.

Only the operations that the model for lines of RapidOCR's wheel is made of (ONNX operators,
opset 11 to 17). The first part of a model may stay as it is: it is run as it will be, and costs a
quarter of what learning it would.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - its common name
from onnx import helper, numpy_helper

Attributes = dict[str, Any]
HALF = torch.bfloat16
"""What is computed in; the numbers themselves are learnt in float32."""


def simple(model: Any) -> Any:  # noqa: ANN401 - onnx has no types
    """The model without operations that do nothing."""
    same = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "Identity"}
    nodes = [copy.deepcopy(n) for n in model.graph.node if n.op_type != "Identity"]
    for node in nodes:
        for at, name in enumerate(node.input):
            while name in same:
                name = same[name]
            node.input[at] = name
    return _of(model, nodes, None, nodes[-1].output[0])


def part(model: Any, source: str | None, target: str) -> Any:  # noqa: ANN401
    """What leads from ``source`` (None: the model's own input) to ``target``."""
    wanted, nodes = {target}, []
    for node in reversed(model.graph.node):
        if source not in node.output and wanted.intersection(node.output):
            nodes.append(copy.deepcopy(node))
            wanted.update(node.input)
    return _of(model, nodes[::-1], source, target)


def _of(model: Any, nodes: Sequence[Any], source: str | None, target: str) -> Any:  # noqa: ANN401
    used = {name for node in nodes for name in node.input}
    result = copy.deepcopy(model)
    kept = [copy.deepcopy(t) for t in model.graph.initializer if t.name in used]
    for field, values in (("node", nodes), ("initializer", kept)):
        del getattr(result.graph, field)[:]
        getattr(result.graph, field).extend(values)
    del result.graph.output[:]
    result.graph.output.append(helper.make_tensor_value_info(target, 1, None))
    if source is not None:
        del result.graph.input[:]
        result.graph.input.append(helper.make_tensor_value_info(source, 1, None))
    return result


class Graph(torch.nn.Module):  # type: ignore[misc]
    """The model; its weights are parameters, single numbers and shapes stay."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.model = model
        self.source = model.graph.input[0].name
        self.target = model.graph.output[0].name
        self.constants: dict[str, Any] = {}
        self.keys: dict[str, str] = {}
        self.weights = torch.nn.ParameterDict()
        for tensor in model.graph.initializer:
            value = torch.tensor(numpy_helper.to_array(tensor).copy())
            if value.dtype == torch.float32 and value.numel() > 1:
                self.keys[tensor.name] = f"w{len(self.keys)}"
                self.weights[self.keys[tensor.name]] = torch.nn.Parameter(value)
            else:
                half = value.dtype == torch.float32
                self.constants[tensor.name] = value.to(HALF) if half else value
        self.steps = [
            (n, {a.name: helper.get_attribute_value(a) for a in n.attribute})
            for n in model.graph.node
        ]

    def forward(self, given: Any) -> Any:  # noqa: ANN401
        """What the model makes of its input."""
        known = {self.source: given, "": None, **self.constants}
        known |= {name: self.weights[key].to(HALF) for name, key in self.keys.items()}
        for node, attributes in self.steps:
            values = [known[name] for name in node.input]
            known[node.output[0]] = OPERATIONS[node.op_type](values, attributes)
        return known[self.target]

    def learnt(self) -> dict[str, Any]:
        """The weights as ONNX tensors by name."""
        return {
            name: numpy_helper.from_array(
                self.weights[key].detach().numpy().astype(np.float32), name
            )
            for name, key in self.keys.items()
        }


def _around(values: Any, kernel: Sequence[int], attributes: Attributes, fill: float) -> Any:  # noqa: ANN401
    """With as much round it as the operation pads: top and left, bottom and right."""
    if attributes.get("auto_pad", b"NOTSET") == b"SAME_UPPER":
        high, wide = kernel[0] - 1, kernel[1] - 1
        pads = [high // 2, wide // 2, high - high // 2, wide - wide // 2]
    else:
        pads = attributes.get("pads", [0, 0, 0, 0])
    sides = (pads[1], pads[3], pads[0], pads[2])
    return F.pad(values, sides, value=fill) if any(pads) else values


def _convolved(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    bias = i[2] if len(i) > 2 else None
    whole = _around(i[0], i[1].shape[2:], a, 0.0)
    strides, dilations = tuple(a.get("strides", (1, 1))), tuple(a.get("dilations", (1, 1)))
    return F.conv2d(whole, i[1], bias, strides, 0, dilations, a.get("group", 1))


def _normalised(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    fixed = i[3].detach().float(), i[4].detach().float()
    learnt = i[1].float(), i[2].float()
    return F.batch_norm(i[0], *fixed, *learnt, False, 0.0, a.get("epsilon", 1e-5))


def _axes(i: list[Any], a: Attributes) -> list[int]:
    return list(a["axes"]) if "axes" in a else [int(v) for v in i[1]]


def _sliced(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    del a
    places = [slice(None)] * i[0].dim()
    for start, end, axis in zip(i[1].tolist(), i[2].tolist(), i[3].tolist(), strict=True):
        places[axis] = slice(start, end)
    return i[0][tuple(places)]


def _squeezed(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    result = i[0]
    for axis in sorted(_axes(i, a), reverse=True):
        result = result.squeeze(axis)
    return result


def _widened(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    result = i[0]
    for axis in sorted(_axes(i, a)):
        result = result.unsqueeze(axis)
    return result


def _reshaped(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    del a
    return i[0].reshape([size or i[0].shape[n] for n, size in enumerate(map(int, i[1].tolist()))])


def _largest(i: list[Any], a: Attributes) -> Any:  # noqa: ANN401
    whole = _around(i[0], a["kernel_shape"], a, -1e30)
    return F.max_pool2d(whole, tuple(a["kernel_shape"]), tuple(a["strides"]))


OPERATIONS: dict[str, Callable[[list[Any], Attributes], Any]] = {
    "Add": lambda i, a: i[0] + i[1],
    "AveragePool": lambda i, a: F.avg_pool2d(i[0], tuple(a["kernel_shape"]), tuple(a["strides"])),
    "BatchNormalization": _normalised,
    "Concat": lambda i, a: torch.cat([v.reshape(-1) if v.dim() == 0 else v for v in i], a["axis"]),
    "Conv": _convolved,
    "Div": lambda i, a: i[0] / i[1],
    "Erf": lambda i, a: torch.erf(i[0]),
    "HardSigmoid": lambda i, a: torch.clamp(
        i[0] * a.get("alpha", 0.2) + a.get("beta", 0.5), 0.0, 1.0
    ),
    "MatMul": lambda i, a: i[0] @ i[1],
    "MaxPool": _largest,
    "Mul": lambda i, a: i[0] * i[1],
    "Pow": lambda i, a: i[0] ** i[1],
    "ReduceMean": lambda i, a: i[0].mean(dim=_axes(i, a), keepdim=bool(a.get("keepdims", 1))),
    "Relu": lambda i, a: torch.relu(i[0]),
    "Reshape": _reshaped,
    "Shape": lambda i, a: torch.tensor(i[0].shape),
    "Sigmoid": lambda i, a: torch.sigmoid(i[0]),
    "Slice": _sliced,
    "Softmax": lambda i, a: torch.softmax(i[0], a.get("axis", -1)),
    "Sqrt": lambda i, a: torch.sqrt(i[0]),
    "Squeeze": _squeezed,
    "Sub": lambda i, a: i[0] - i[1],
    "Transpose": lambda i, a: i[0].permute(a["perm"]),
    "Unsqueeze": _widened,
}


def load(path: Path) -> Any:  # noqa: ANN401
    """The model of a file, simple."""
    return simple(onnx.load(str(path)))
