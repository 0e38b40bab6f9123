"""Runs a gateway on this machine until the one that started it is gone, and prints its port once it answers.

    serve.py litellm
    serve.py llama KEY
"""
import os
import pathlib
import runpy
import socket
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def tell(port: int, out: int) -> None:
    while True:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                os.write(out, f"{port}\n".encode())
                return os.close(out)
        time.sleep(0.1)


def end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def tiny_model(path: str) -> None:
    """A model of random numbers with the least vocabulary: three marks and every byte."""
    import gguf
    import numpy

    width, heads, inner = 64, 2, 128
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    kinds = gguf.TokenType
    model = gguf.GGUFWriter(path, "llama")
    model.add_context_length(512)
    model.add_embedding_length(width)
    model.add_block_count(1)
    model.add_feed_forward_length(inner)
    model.add_head_count(heads)
    model.add_head_count_kv(heads)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(width // heads)
    model.add_vocab_size(len(tokens))
    model.add_tokenizer_model("llama")
    model.add_token_list(tokens)
    model.add_token_scores([0.0] * len(tokens))
    model.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL] + [kinds.BYTE] * 256)
    model.add_bos_token_id(1)
    model.add_eos_token_id(2)
    model.add_unk_token_id(0)
    random = numpy.random.default_rng(1)
    shapes = {"token_embd": (len(tokens), width), "output": (len(tokens), width)}
    shapes |= {f"blk.0.attn_{name}": (width, width) for name in ("q", "k", "v", "output")}
    shapes |= {f"blk.0.ffn_{name}": (inner, width) for name in ("gate", "up")}
    shapes["blk.0.ffn_down"] = (width, inner)
    for name, shape in shapes.items():
        values = random.standard_normal(shape) * 0.02
        model.add_tensor(f"{name}.weight", values.astype(numpy.float32))
    for name in "output_norm", "blk.0.attn_norm", "blk.0.ffn_norm":
        model.add_tensor(f"{name}.weight", numpy.ones(width, numpy.float32))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


def llama(port: int, key: str) -> None:
    import xllamacpp

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tiny.gguf")
        tiny_model(path)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = path
        parameters.model_alias = ["tiny-model"]
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = port
        parameters.api_keys = [key]
        parameters.n_ctx = 256
        parameters.n_parallel = 1
        parameters.warmup = False
        parameters.chat_template = "chatml"
        server = xllamacpp.Server(parameters)
        assert server.listening_address
        threading.Event().wait()


def litellm(port: int) -> None:
    # Nothing is asked of other machines.
    os.environ |= {
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_MASTER_KEY": "sk-invented-master-key-that-opens-nothing-0000",
        "LITELLM_TELEMETRY": "False",
        "NO_PROXY": "127.0.0.1",
    }
    sys.path.insert(0, str(HERE))
    sys.argv = ["litellm", "--config", str(HERE / "litellm.yaml"), "--host", "127.0.0.1", "--port", str(port)]
    runpy.run_module("litellm.proxy.proxy_cli", run_name="__main__")


threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
# What the gateways print is not for the one that waits for the port.
answer = os.dup(1)
os.dup2(2, 1)
PORT = free_port()
threading.Thread(target=tell, args=(PORT, answer), daemon=True).start()
if sys.argv[1] == "litellm":
    litellm(PORT)
else:
    llama(PORT, sys.argv[2])
