using System.ClientModel;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;

namespace HumanLoop.Extensions.AI.Tests;

/// <summary>An OpenAI-compatible endpoint on loopback that answers from a script, and is as strict about tool calls as the strictest provider: each must be answered at once, by a tool message, exactly once.</summary>
internal sealed class StrictEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<string> _script;
    private readonly List<JsonElement> _asked = [];
    private readonly Task _serving;

    public StrictEndpoint(params IEnumerable<string> choices)
    {
        _script = new(choices);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public IReadOnlyList<JsonElement> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public IChatClient Client => new OpenAIClient(new ApiKeyCredential("none"), new() { Endpoint = new($"http://127.0.0.1:{Port}/v1") }).GetChatClient("stub-1").AsIChatClient();

    public static string Says(string text, string? logprobs = null) =>
        $$"""{"message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}},"finish_reason":"stop"{{(logprobs is null ? "" : $",\"logprobs\":{{\"content\":{logprobs}}}")}}}""";

    public static string Calls(params (string Id, string Name, string Arguments)[] calls)
    {
        var each = calls.Select((call, index) => "{\"index\":" + index + ",\"id\":\"" + call.Id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.Name + "\",\"arguments\":" + JsonSerializer.Serialize(call.Arguments) + "}}");
        return "{\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + string.Join(',', each) + "]},\"finish_reason\":\"tool_calls\"}";
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var document = await JsonDocument.ParseAsync(context.Request.InputStream);
            var request = document.RootElement.Clone();
            var (status, type, body) = Answer(request);
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    private (int Status, string Type, string Body) Answer(JsonElement request)
    {
        lock (_asked)
        {
            _asked.Add(request);
        }

        if (Complaint(request.GetProperty("messages")) is { } complaint)
        {
            return (400, "application/json", "{\"error\":{\"type\":\"invalid_request_error\",\"message\":" + JsonSerializer.Serialize(complaint) + "}}");
        }

        var choice = _script.Dequeue();
        const string Head = "\"id\":\"r1\",\"created\":1767600000,\"model\":\"stub-1-2026\"";
        return request.TryGetProperty("stream", out var stream) && stream.GetBoolean()
            ? (200, "text/event-stream", $"data: {{{Head},\"object\":\"chat.completion.chunk\",\"choices\":[{{\"index\":0,{choice[1..].Replace("\"message\":", "\"delta\":", StringComparison.Ordinal)}]}}\n\ndata: [DONE]\n\n")
            : (200, "application/json", $"{{{Head},\"object\":\"chat.completion\",\"choices\":[{{\"index\":0,{choice[1..]}],\"usage\":{{\"prompt_tokens\":10,\"completion_tokens\":3,\"total_tokens\":13}}}}");
    }

    private static string? Complaint(JsonElement messages)
    {
        var open = new HashSet<string>();
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.GetProperty("role").GetString();
            if (role == "tool")
            {
                var id = message.GetProperty("tool_call_id").GetString()!;
                if (!open.Remove(id))
                {
                    return $"The tool message for '{id}' answers no call of the message before it.";
                }

                continue;
            }

            if (open.Count > 0)
            {
                return $"The calls {string.Join(", ", open)} are not answered by the messages that follow them.";
            }

            if (message.TryGetProperty("tool_calls", out var calls))
            {
                open.UnionWith(calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()!));
            }
        }

        return open.Count == 0 ? null : $"The calls {string.Join(", ", open)} are not answered.";
    }
}
