"""mlc-chat-config.json: what web-llm needs to know beyond the library."""

import json

from .architecture import Architecture
from .library.constants import CONTEXT, PREFILL_CHUNK

END = "<|im_end|>"


def chat_config(arch: Architecture, system_message: str) -> str:
    """Text of the file, for a ChatML model with byte-level BPE.

    The end of a turn opens the next role instead of closing the message: a reply that stopped at END is in
    the key- value cache without it, so only this way does a conversation served from the cache hold the
    tokens of a fresh prompt.
    """
    config = {
        "version": "0.1.0",
        "model_type": "llama",
        "quantization": "q4_0",
        "model_config": {},
        "vocab_size": arch.vocabulary,
        "context_window_size": min(CONTEXT, arch.context_length),
        "sliding_window_size": -1,
        "prefill_chunk_size": PREFILL_CHUNK,
        "attention_sink_size": -1,
        "tensor_parallel_shards": 1,
        "pipeline_parallel_stages": 1,
        "temperature": 0.7,
        "presence_penalty": 0.0,
        "frequency_penalty": 0.0,
        "repetition_penalty": 1.0,
        "top_p": 0.95,
        "tokenizer_files": ["tokenizer.json"],
        "tokenizer_info": {
            "token_postproc_method": "byte_level",
            "prepend_space_in_encode": False,
            "strip_space_in_decode": False,
        },
        "conv_template": {
            "name": "chatml",
            "system_template": "<|im_start|>system\n{system_message}",
            "system_message": system_message,
            "system_prefix_token_ids": None,
            "add_role_after_system_message": True,
            "roles": {
                "user": f"{END}\n<|im_start|>user",
                "assistant": f"{END}\n<|im_start|>assistant",
            },
            "role_templates": {
                "user": "{user_message}",
                "assistant": "{assistant_message}",
                "tool": "{tool_message}",
            },
            "messages": [],
            "seps": [""],
            "role_content_sep": "\n",
            "role_empty_sep": "\n",
            "stop_str": [END],
            "stop_token_ids": [2],
            "function_string": "",
            "use_function_calling": False,
        },
        "pad_token_id": 2,
        "bos_token_id": 1,
        "eos_token_id": 2,
    }
    return json.dumps(config, indent=1) + "\n"
