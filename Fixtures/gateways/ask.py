"""Sends what Cline would with OpenAI's own library: a streamed chat. Base URL, key and Model ID come from the
environment; what is said of a refusal is its status."""
import os

import openai

client = openai.OpenAI(
    base_url=os.environ["BASE_URL"], api_key=os.environ["KEY"], max_retries=0, timeout=30)
try:
    chunks = client.chat.completions.create(
        model=os.environ["MODEL"], stream=True, max_tokens=4,
        messages=[{"role": "user", "content": "hello"}])
    finished = [choice.finish_reason for chunk in chunks for choice in chunk.choices]
    print("finished" if finished and finished[-1] in ("stop", "length") else finished)
except openai.APIStatusError as error:
    print(error.status_code)
