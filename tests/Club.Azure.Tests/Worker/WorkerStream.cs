using System.Collections.Concurrent;
using System.Threading.Channels;
using Club.Azure.Tests.Worker.Rpc;
using Grpc.Core;

namespace Club.Azure.Tests.Worker;

/// <summary>The conversation with one worker, as the Functions host has it: what is asked by an id is answered by that id.</summary>
public sealed class WorkerStream : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly ConcurrentQueue<RpcLog> _logs = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker has called.</summary>
    public Task Started => _started.Task;

    /// <summary>Everything that the worker logged to the host.</summary>
    public IReadOnlyCollection<RpcLog> Logs => _logs;

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var writing = Write(responseStream, context.CancellationToken);
        try
        {
            while (await requestStream.MoveNext(context.CancellationToken)) Hear(requestStream.Current);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The worker's process has ended.
        }
        finally
        {
            End();
            await writing;
        }
    }

    public async Task<StreamingMessage> Ask(string id, StreamingMessage message, CancellationToken cancellation = default)
    {
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Say(message);
        if (_ended.Task.IsCompleted) answer.TrySetException(new IOException("The worker has ended."));
        return await answer.Task.WaitAsync(cancellation);
    }

    public void Say(StreamingMessage message) => _toWorker.Writer.TryWrite(message);

    /// <summary>Nothing more comes: whatever waits for an answer fails, as it does in the host.</summary>
    public void End()
    {
        _ended.TrySetResult();
        _toWorker.Writer.TryComplete();
        foreach (var waiting in _asked.Values) waiting.TrySetException(new IOException("The worker has ended."));
    }

    private void Hear(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                _logs.Enqueue(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                Answer(message.InvocationResponse.InvocationId, message);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                Answer(message.FunctionLoadResponse.FunctionId, message);
                break;
            default:
                Answer(message.RequestId, message);
                break;
        }
    }

    private void Answer(string id, StreamingMessage message)
    {
        if (_asked.TryRemove(id, out var asked)) asked.TrySetResult(message);
    }

    private async Task Write(IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in _toWorker.Reader.ReadAllAsync(cancellation))
                await worker.WriteAsync(message, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or InvalidOperationException)
        {
            // As above.
        }
    }
}
