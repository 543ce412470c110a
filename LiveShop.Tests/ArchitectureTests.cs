using System.Reflection;
using LiveShop.Domain;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(Shelf).Assembly;

    private static IEnumerable<Type> PublicTypes => Domain.GetExportedTypes();

    [Theory]
    [InlineData("LiveShop.Web")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("StackExchange.Redis")]
    [InlineData("SkiaSharp")]
    [InlineData("MudBlazor")]
    [InlineData("System.CommandLine")]
    public void The_domain_knows_nothing_of(string library) => Assert.DoesNotContain(
        Domain.GetReferencedAssemblies(), reference => reference.Name!.StartsWith(library, StringComparison.Ordinal));

    [Fact]
    public void Its_public_types_share_one_flat_namespace() => Assert.All(PublicTypes, type => Assert.Equal("LiveShop.Domain", type.Namespace));

    [Fact]
    public void Tables_and_migrations_are_its_own_business() => Assert.All(
        PublicTypes,
        type => Assert.False(typeof(DbContext).IsAssignableFrom(type) || type.Name.EndsWith("Row", StringComparison.Ordinal), type.Name));

    /// <summary>All but the options with which contexts of the web project join the shop's database.</summary>
    [Fact]
    public void No_public_signature_shows_how_it_is_stored() => Assert.All(
        PublicTypes.Where(type => type != typeof(ShopContextOptions)).SelectMany(type => type.GetMembers().SelectMany(TypesIn)),
        type => Assert.False(
            type.FullName is { } name && (name.Contains("EntityFrameworkCore", StringComparison.Ordinal) || name.Contains("Npgsql", StringComparison.Ordinal)),
            type.FullName));

    [Fact]
    public void Every_interface_has_room_for_a_second_implementation() => Assert.Equal(
        [typeof(IEventBus), typeof(IPresence)], Domain.GetTypes().Where(type => type.IsInterface).OrderBy(type => type.Name, StringComparer.Ordinal));

    [Fact]
    public void No_context_takes_a_service_provider() => Assert.DoesNotContain(
        Domain.GetTypes().SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)),
        constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IServiceProvider)));

    [Fact]
    public void Its_types_have_no_public_fields() => Assert.DoesNotContain(
        PublicTypes.Where(type => !type.IsEnum).SelectMany(type => type.GetFields()), field => !field.IsInitOnly && !field.IsLiteral);

    [Fact]
    public void A_class_is_sealed_or_made_to_be_derived_from() => Assert.All(
        PublicTypes.Where(type => type.IsClass),
        type => Assert.True(type.IsSealed || type.IsAbstract, type.Name));

    [Fact]
    public void Events_and_outcomes_cannot_be_changed_by_a_listener() => Assert.All(
        PublicTypes.Where(type => type.IsSubclassOf(typeof(DomainEvent)) || type.IsSubclassOf(typeof(PurchaseOutcome))).SelectMany(type => type.GetProperties()),
        property => Assert.True(property.SetMethod is null || IsInit(property.SetMethod), $"{property.DeclaringType!.Name}.{property.Name}"));

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static IEnumerable<Type> TypesIn(MemberInfo member) => member switch
    {
        MethodBase method => [.. method.GetParameters().Select(parameter => parameter.ParameterType), .. method is MethodInfo info ? [info.ReturnType] : Type.EmptyTypes],
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
