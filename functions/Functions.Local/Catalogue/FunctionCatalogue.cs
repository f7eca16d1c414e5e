using System.Reflection;
using Functions.Local.Hosting;
using Functions.Local.Http;
using Functions.Local.Queue;
using Functions.Local.Timers;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Local.Catalogue;

/// <summary>Every function of the given types, by trigger.</summary>
/// <exception cref="StartException">A function is declared in a way that this host does not run. The message names it.</exception>
internal sealed class FunctionCatalogue
{
    private readonly List<HttpFunction> _http = [];
    private readonly List<QueueFunction> _queues = [];
    private readonly List<TimerFunction> _timers = [];

    public FunctionCatalogue(IEnumerable<Type> types, IConfiguration settings)
    {
        var names = new Dictionary<string, FunctionMethod>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in types.SelectMany(Methods))
        {
            if (!names.TryAdd(function.Name, function))
                throw new StartException($"{function} has the name of another: {names[function.Name]}.");
            Add(function, settings);
        }

        HttpFunction.RefuseOverlaps(_http);
        QueueFunction.RefuseSharedQueues(_queues);
    }

    public IReadOnlyList<HttpFunction> Http => _http;
    public IReadOnlyList<QueueFunction> Queues => _queues;
    public IReadOnlyList<TimerFunction> Timers => _timers;

    private static IEnumerable<FunctionMethod> Methods(Type type) =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null && !type.IsAbstract | method.IsStatic
        select new FunctionMethod(function.Name, method);

    private void Add(FunctionMethod function, IConfiguration settings)
    {
        var triggers = (from parameter in function.Parameters
                        from attribute in parameter.GetCustomAttributes()
                        where attribute is HttpTriggerAttribute or ServiceBusTriggerAttribute or TimerTriggerAttribute
                        select (parameter, attribute)).ToList();
        if (triggers.Count != 1)
            throw new StartException($"{function} has {triggers.Count} triggers; a function has exactly one, on a parameter.");
        var (trigger, kind) = triggers[0];
        switch (kind)
        {
            case HttpTriggerAttribute http: _http.Add(HttpFunction.Of(function, trigger, http)); break;
            case ServiceBusTriggerAttribute queue: _queues.Add(QueueFunction.Of(function, trigger, queue, settings)); break;
            case TimerTriggerAttribute timer: _timers.Add(TimerFunction.Of(function, trigger, timer, settings)); break;
        }
    }
}
