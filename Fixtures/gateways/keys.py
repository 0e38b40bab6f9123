"""The keys of the proxy: one for everything, and virtual ones for one model, or one request a minute. A database
would hold them; who may use what is judged by the proxy's own code."""
from litellm.proxy import proxy_server
from litellm.proxy._types import ProxyException, UserAPIKeyAuth
from litellm.proxy.auth.auth_checks import can_key_call_model
from litellm.proxy.common_utils.http_parsing_utils import _read_request_body

KEYS = {
    "sk-invented-all-0001": {},
    "sk-invented-one-0002": {"models": ["demo-model"]},
    "sk-invented-few-0003": {"rpm_limit": 1},
}


async def check(request, api_key: str) -> UserAPIKeyAuth:
    if api_key not in KEYS:
        # As the proxy says it where its keys are in a database.
        raise ProxyException(
            message="Authentication Error, Invalid proxy server token passed.",
            type="token_not_found_in_db", param="key", code=401)
    key = UserAPIKeyAuth(api_key=api_key, **KEYS[api_key])
    model = (await _read_request_body(request)).get("model")
    if model:
        await can_key_call_model(
            model=model, llm_model_list=proxy_server.llm_model_list, valid_token=key,
            llm_router=proxy_server.llm_router)
    return key
