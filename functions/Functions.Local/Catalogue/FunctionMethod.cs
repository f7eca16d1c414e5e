using System.Collections.Concurrent;
using System.Reflection;

namespace Functions.Local.Catalogue;

/// <summary>A method marked as a function, ready to be called: its class is made for each call from the call's services.</summary>
internal sealed class FunctionMethod
{
    /// <summary>A factory is compiled, which costs a millisecond: at the first call, and once for a class whatever hosts there
    /// are.</summary>
    private static readonly ConcurrentDictionary<Type, Lazy<ObjectFactory>> Factories = new();

    private readonly MethodInvoker _invoker;
    private readonly Lazy<ObjectFactory>? _instances;
    private readonly Func<object?, ValueTask<object?>> _await;

    public FunctionMethod(string name, MethodInfo method)
    {
        (Name, Method) = (name, method);
        Parameters = method.GetParameters();
        _invoker = MethodInvoker.Create(method);
        _instances = method.IsStatic ? null
            : Factories.GetOrAdd(method.DeclaringType!, type => new(() => ActivatorUtilities.CreateFactory(type, [])));
        _await = Awaiter(method.ReturnType);
        ResultType = method.ReturnType == typeof(Task) || method.ReturnType == typeof(void)
            ? null
            : IsTaskOf(method.ReturnType) ? method.ReturnType.GetGenericArguments()[0] : method.ReturnType;
    }

    public string Name { get; }
    public MethodInfo Method { get; }

    /// <summary>Asked for once: while two hosts start at the same time, a method may give others for the same parameters.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>What a call returns once awaited; null when nothing.</summary>
    public Type? ResultType { get; }

    public async ValueTask<object?> Invoke(IServiceProvider services, object?[] arguments)
    {
        var instance = _instances?.Value(services, null);
        try
        {
            return await _await(_invoker.Invoke(instance, arguments.AsSpan()));
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (instance as IDisposable)?.Dispose();
        }
    }

    public override string ToString() => $"Function {Name} ({Method.DeclaringType?.Name}.{Method.Name})";

    private static bool IsTaskOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>);

    private static Func<object?, ValueTask<object?>> Awaiter(Type returned)
    {
        if (IsTaskOf(returned))
            return typeof(FunctionMethod).GetMethod(nameof(AwaitResult), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(returned.GetGenericArguments()).CreateDelegate<Func<object?, ValueTask<object?>>>();
        return returned == typeof(Task) ? AwaitTask : static result => ValueTask.FromResult(result);
    }

    private static async ValueTask<object?> AwaitResult<T>(object? task) => await (Task<T>)task!;

    private static async ValueTask<object?> AwaitTask(object? task)
    {
        await (Task)task!;
        return null;
    }
}

/// <summary>A function together with what fills each of its parameters from the occasion of a call.</summary>
internal sealed class BoundFunction<TOccasion>(FunctionMethod method, Func<TOccasion, object?>[] parameters)
{
    public string Name => method.Name;

    public MethodInfo Method => method.Method;

    public ValueTask<object?> Invoke(IServiceProvider services, TOccasion occasion)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = parameters[i](occasion);
        return method.Invoke(services, arguments);
    }
}
