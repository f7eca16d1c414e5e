namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function. Source compatible with the type of the same name in Azure Functions, as is every type of this namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
